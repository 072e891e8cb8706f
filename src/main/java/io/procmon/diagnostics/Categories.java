package io.procmon.diagnostics;

import java.util.Set;

/**
 * The category of a diagnostic, which clang writes after the message or the option: {@code [-Wname,Parse Issue]}, {@code
 * [Parse Issue]}, or the number of the category with {@code -fdiagnostics-show-category=id}. Nearly all names end with
 * Issue ({@code clang --print-diagnostic-categories} of clang 14 lists them).
 */
final class Categories {

    private static final int LENGTH = 60;
    private static final String ISSUE = " Issue";
    private static final Set<String> OTHERS = Set.of(
            "Deprecations",
            "#pragma message Directive",
            "ARC and @properties",
            "ARC Casting Rules",
            "ARC Weak References",
            "ARC Restrictions",
            "ARC Retain Cycle");

    private Categories() {}

    /**
     * The end of a category that ends a line.
     *
     * @return {@code from} if no category begins there
     */
    static int end(String line, int from) {
        boolean afterOption = line.startsWith(",", from);
        int name = from + (afterOption ? 1 : 2);
        int end = line.length() - 1;
        if ((!afterOption && !line.startsWith(" [", from))
                || !line.endsWith("]")
                || end <= name
                || end - name > LENGTH
                || !isCategory(line.substring(name, end))) {
            return from;
        }
        return afterOption ? end : line.length();
    }

    private static boolean isCategory(String name) {
        boolean number = name.chars().allMatch(c -> c >= '0' && c <= '9');
        return number || OTHERS.contains(name) || (name.endsWith(ISSUE) && name.indexOf('[') < 0);
    }
}
