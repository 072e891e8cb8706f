package io.procmon.symbols;

/** A table violates the format of its file. The exception never leaves the package. */
final class DamagedFile extends RuntimeException {

    private static final long serialVersionUID = 1;

    DamagedFile(String what) {
        super(what, null, false, false);
    }
}
