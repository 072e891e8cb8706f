package io.procmon.classroom.progsnap2;

import java.io.IOException;

/** A data set violates a rule of the format. The message names the file, the line and the column; both count from 1. */
public final class BadDataset extends IOException {

    private static final long serialVersionUID = 1;

    BadDataset(String problem) {
        super(problem);
    }

    BadDataset(String file, long line, long column, String problem) {
        super("%s:%d:%d: %s".formatted(file, line, column, problem));
    }
}
