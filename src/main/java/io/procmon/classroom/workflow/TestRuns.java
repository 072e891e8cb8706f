package io.procmon.classroom.workflow;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognises runs of tests by the name of the program and by its first arguments. */
public final class TestRuns {

    /**
     * Names that test frameworks require: pytest's {@code test_*.py}, CTest's and JUnit's {@code *Test}, {@code check}.
     */
    private static final Pattern TEST_NAME =
            Pattern.compile("(.*[_.-])?(?i:tests?|unittests?|check)([_.-].*)?|.*[a-z0-9]Tests?");

    private static final Set<String> TEST_RUNNERS =
            Set.of("pytest", "py.test", "unittest", "nose2", "doctest", "ctest");

    /** The limit of arguments before a runner's name: {@code python3 -X dev -m pytest}. */
    private static final int TEST_RUNNER_ARGUMENTS = 6;

    private TestRuns() {}

    /**
     * Whether a run executes tests.
     *
     * @param name the file name of the script or the program
     * @param arguments the command line
     */
    public static boolean isTest(String name, List<String> arguments) {
        return isTestName(name)
                || arguments.stream()
                        .limit(TEST_RUNNER_ARGUMENTS)
                        .map(argument -> argument.substring(argument.lastIndexOf('/') + 1))
                        .anyMatch(TEST_RUNNERS::contains);
    }

    /** Whether a file of this name holds tests. */
    public static boolean isTestName(String name) {
        int dot = name.lastIndexOf('.');
        return TEST_NAME.matcher(dot > 0 ? name.substring(0, dot) : name).matches();
    }
}
