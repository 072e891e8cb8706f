package io.procmon.events;

/** A part that is missing in an exec record, because it was too large or could not be read. */
public enum Truncation {
    /** The executable's path: the components nearest to the root are missing. */
    EXECUTABLE,
    /** The working directory: the components nearest to the root are missing. */
    CWD,
    /** The cgroup's path: the components nearest to the root are missing. */
    CGROUP,
    /** The end of the name given to execve(2). */
    FILENAME,
    /** The middle of the arguments. */
    ARGV,
    /** All arguments: the memory of the process could not be read. */
    ARGV_UNREADABLE
}
