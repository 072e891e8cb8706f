package io.procmon.bench;

/** The figures, in the order of the table. */
enum Figure {
    LOAD_PER_SECOND("execs/s of the load, all processors", "1/s", 0),
    LOAD_SPEED("  of its speed without a tracer", "", 2),
    LOAD_CPU("  processor time that the load takes, per exec", "µs", 1),
    PINNED_PER_SECOND("execs/s of the load on one processor, tracer on another", "1/s", 0),
    PINNED_SPEED("  of its speed without a tracer", "", 2),
    KERNEL_STUDENT("BPF time for a student's process", "µs", 2),
    KERNEL_STUDENT_EXIT("  of it at the end", "µs", 2),
    KERNEL_FOREIGN("BPF time for a foreign process", "µs", 2),
    LOST("lost, flat out", "%", 2),
    REPEATED("repeated, flat out", "", 0),
    REORDERED("reordered, flat out", "", 0),
    USER_FLAT_OUT("user CPU for 10,000 events, flat out", "ms", 0),
    SYSTEM_FLAT_OUT("system CPU for 10,000 events, flat out", "ms", 0),
    USER_PACED("user CPU for 10,000 events, at 1,000/s", "ms", 0),
    SYSTEM_PACED("system CPU for 10,000 events, at 1,000/s", "ms", 0),
    VISIBLE_P50("from exec to visible, at 100/s: median", "ms", 2),
    VISIBLE_P99("from exec to visible, at 100/s: 99 %", "ms", 2),
    ACCEPTED("from end to accepted, at 100/s: median", "ms", 2),
    POSTS_PER_SECOND("POSTs/s of a backlog, to a fast receiver", "1/s", 0),
    WRITTEN("written to disk for an event", "B", 0),
    RECORD("of the broker's disk for an event", "B", 0),
    EVENTS_PER_SECOND("events/s of a backlog, to a fast receiver", "1/s", 0),
    START("from start to first event", "s", 2),
    CPU_AT_REST("CPU without students", "ms/s", 2),
    WAKE_UPS_AT_REST("wake-ups without students", "1/s", 1),
    RESIDENT_AT_REST("resident memory without students", "MB", 0),
    CPU_IN_CLASS("CPU for an activity, 30 students, 2/s", "ms", 2),
    WAKE_UPS_IN_CLASS("wake-ups for an activity", "", 1),
    WRITTEN_IN_CLASS("written to disk for an activity", "B", 0),
    ACCEPTED_IN_CLASS("from end to accepted: median", "ms", 1),
    ACCEPTED_IN_CLASS_P99("from end to accepted: 99 %", "ms", 1),
    CPU_OF_REQUEST("CPU of a request, 32 at once", "µs", 0),
    ALLOCATED_FOR_REQUEST("memory allocated for a request", "B", 0),
    FOREIGN_CALL("a foreign getppid(2)", "ns", 1),
    FOREIGN_WRITE("a foreign write(2) to standard output", "ns", 1),
    FOREIGN_ERROR_WRITE("a foreign write(2) to standard error", "ns", 1),
    FOREIGN_WRITEV("a foreign writev(2) to standard output", "ns", 1),
    COMPILE("CPU time of a compile: mean", "ms", 2),
    COMPILE_MORE("  more than with level off", "%", 2),
    COMPILE_ERROR("  standard error of the difference", "%", 2),
    COMPILE_CAPTURE("  BPF time of the capture in it", "µs", 1),
    KERNEL_MEMORY("maps and programs in the kernel", "KB", 0),
    RESIDENT("resident memory", "MB", 0),
    SHARE("  of it its share: PSS", "MB", 0),
    ANONYMOUS("  of it anonymous", "MB", 0);

    private final String title;
    private final String unit;
    private final int decimals;

    Figure(String title, String unit, int decimals) {
        this.title = title;
        this.unit = unit;
        this.decimals = decimals;
    }

    String title() {
        return unit.isEmpty() ? title : title + ", " + unit;
    }

    String format(double value) {
        return ("%,." + decimals + "f").formatted(value);
    }
}
