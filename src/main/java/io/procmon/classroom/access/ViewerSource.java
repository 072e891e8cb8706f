package io.procmon.classroom.access;

/** Identifies the sender of a request. */
public interface ViewerSource {

    /** The sender of the current request. */
    Viewer current();
}
