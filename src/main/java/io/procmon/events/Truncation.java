package io.procmon.events;

/** What is missing from an exec record, because it was larger than the record or could not be read. */
public enum Truncation {
    /** The executable's path: its components nearest the root are missing. */
    EXECUTABLE,
    /** The working directory: its components nearest the root are missing. */
    CWD,
    /** The cgroup's path: its components nearest the root are missing. */
    CGROUP,
    /** The name that was executed. */
    FILENAME,
    /** The middle of the arguments. */
    ARGV,
    /** All arguments: the memory that holds them could not be read. */
    ARGV_UNREADABLE
}
