package io.procmon.live;

import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The files of a first homework. */
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
                .write("hw1/script-of-awk-by-timeout", "#!/usr/bin/env -S timeout 60 awk -f\nBEGIN { exit 8 }\n")
                .write("hw1/becomes.sh", "exec awk 'BEGIN { exit 3 }'\n")
                .write("hw1/becomes.py", "import os\nos.execv('/bin/false', ['false'])\n")
                .write("hw1/workers.py", """
                        import multiprocessing, subprocess, sys
                        if __name__ == '__main__':
                            multiprocessing.set_start_method('spawn')
                            with multiprocessing.Pool(2) as pool:
                                print(pool.map(abs, range(8)))
                            subprocess.run([sys.executable, '-m', 'timeit', '-n', '1', 'pass'], check=True)
                        """)
                .write("hw1/reloads.py", """
                        import os, subprocess, sys
                        if not os.environ.get('RUN_MAIN'):
                            again = subprocess.run([sys.executable, *sys.argv], env={**os.environ, 'RUN_MAIN': 'true'})
                            sys.exit(again.returncode)
                        sys.exit(3)
                        """)
                .write("hw1/restarts.py", """
                        import os, sys
                        if len(sys.argv) == 1:
                            os.execv(sys.executable, [sys.executable, *sys.argv, 'again'])
                        sys.exit(4)
                        """)
                .write("hw1/exit9.sh", "exit 9\n");
        makeExecutable(student, "hw1/script");
        makeExecutable(student, "hw1/script-by-env");
        makeExecutable(student, "hw1/script-of-awk");
        makeExecutable(student, "hw1/script-of-awk-by-env");
        makeExecutable(student, "hw1/script-of-awk-by-timeout");
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
