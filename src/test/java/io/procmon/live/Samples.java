package io.procmon.live;

import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** What students have in their first homework. */
final class Samples {

    private Samples() {}

    /** Puts sources, scripts and the program {@code ends} into hw1. */
    static StudentContainer in(StudentContainer student, Programs programs) {
        student.install("hw1/ends", programs.ends())
                .write("hw1/main.c", "int main(void) { return 0; }\n")
                .write("hw1/broken.c", "int main(void) { return 0 }\n")
                .write("hw1/main.cpp", "#include <string>\nint main() { return std::string(\"x\").size() - 1; }\n")
                .write("hw1/broken.cpp", "int main() { return missing; }\n")
                .write("hw1/main.py", "print('hello')\n")
                .write("hw1/broken.py", "raise ValueError('broken')\n")
                .write("hw1/exit3.py", "import sys\nsys.exit(3)\n")
                .write("hw1/killed.py", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
                .write("hw1/script", "#!/usr/bin/python3 -u\nraise SystemExit(5)\n")
                .write("hw1/script-by-env", "#!/usr/bin/env python3\nraise SystemExit(6)\n")
                .write("hw1/script-of-awk", "#!/usr/bin/awk -f\nBEGIN { exit 7 }\n")
                .write("hw1/script-of-awk-by-env", "#!/usr/bin/env -S awk -f\nBEGIN { exit 8 }\n")
                .write("hw1/exit9.sh", "exit 9\n");
        makeExecutable(student, "hw1/script");
        makeExecutable(student, "hw1/script-by-env");
        makeExecutable(student, "hw1/script-of-awk");
        makeExecutable(student, "hw1/script-of-awk-by-env");
        return student;
    }

    private static void makeExecutable(StudentContainer student, String name) {
        try {
            Files.setPosixFilePermissions(student.file(name), fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
