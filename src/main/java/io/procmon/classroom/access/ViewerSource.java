package io.procmon.classroom.access;

/** Tells who sends a request. */
public interface ViewerSource {

    /** Who sends the request that is handled now. */
    Viewer current();
}
