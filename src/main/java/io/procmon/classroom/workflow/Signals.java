package io.procmon.classroom.workflow;

/** The names of signals, with the numbers of signal(7) for x86 and ARM. */
final class Signals {

    private static final String[] NAMES = {
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS"
    };

    private Signals() {}

    /** The name, such as {@code SIGSEGV}; a real-time signal is named by its number. */
    static String name(int signal) {
        return "SIG" + (signal >= 1 && signal <= NAMES.length ? NAMES[signal - 1] : signal);
    }
}
