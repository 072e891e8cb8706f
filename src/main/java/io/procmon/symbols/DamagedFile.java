package io.procmon.symbols;

/** A table of a file does not have the form that its format describes. Never leaves the package. */
final class DamagedFile extends RuntimeException {

    private static final long serialVersionUID = 1;

    DamagedFile(String what) {
        super(what, null, false, false);
    }
}
