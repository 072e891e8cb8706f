package io.procmon.classroom.logbook;

import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;

/** Hears what other processes change in a store that processes share. Methods must not block. */
public interface StoreListener {

    /** A work has changed. */
    void changed(Work work);

    /** A student has opted out or in. */
    void chosen(Student student);

    /** Changes may have been missed, such as after the connection was lost. */
    void missed();
}
