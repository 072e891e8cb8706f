package io.procmon.stream;

import io.procmon.classroom.course.Check;
import io.procmon.classroom.course.HomeworkRequirements;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.events.Activity;
import io.procmon.events.Argv;
import io.procmon.homework.HomeworkPath;
import io.procmon.parser.Command;
import io.procmon.parser.CompilerSettings.Step;
import io.procmon.parser.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Checks a single activity against the requirements of its homework. */
public final class ActivityChecks {

    private final HomeworkRequirements required;
    private final Activity activity;
    private final List<Check> checks = new ArrayList<>();

    private ActivityChecks(HomeworkRequirements required, Activity activity) {
        this.required = required;
        this.activity = activity;
    }

    /** Checks an activity of which no diagnostics are known. */
    public static List<Check> of(HomeworkRequirements required, Activity activity) {
        return of(required, activity, Diagnostics.NONE);
    }

    /**
     * Checks an activity. Returns one result for each requirement that applies to it.
     *
     * @param diagnostics its errors and warnings; without any, forbidden errors do not apply
     */
    public static List<Check> of(HomeworkRequirements required, Activity activity, Diagnostics diagnostics) {
        ActivityChecks it = new ActivityChecks(required, activity);
        it.time();
        it.tools();
        it.errors(diagnostics);
        switch (activity) {
            case Activity.Build build -> it.build(build.command());
            case Activity.Run run -> it.run(run);
        }
        return List.copyOf(it.checks);
    }

    private void time() {
        Instant startedAt = activity.started().origin().exec().at().utc();
        Instant endedAt = startedAt.plus(activity.duration());
        required.opens()
                .ifPresent(opens -> add(
                        Check.OPEN, !startedAt.isBefore(opens), "started after " + opens, "started before " + opens));
        required.due()
                .ifPresent(due -> add(Check.DUE, !endedAt.isAfter(due), "ended before " + due, "ended after " + due));
    }

    private void tools() {
        List<String> used = new ArrayList<>(activity.started().descent().wrappers());
        used.add(activity.started().origin().type().label());
        for (String tool : required.forbiddenTools()) {
            boolean found = used.stream().anyMatch(tool::equalsIgnoreCase);
            add(Check.noTool(tool), !found, tool + " was not used", tool + " was used");
        }
    }

    private void errors(Diagnostics diagnostics) {
        if (diagnostics.isEmpty()) {
            return; // there are no diagnostics, or none are kept
        }
        for (String type : required.forbiddenErrors()) {
            boolean found = diagnostics.list().stream()
                    .anyMatch(it -> it.type().equals(type)
                            || it.code().filter(type::equals).isPresent());
            add(Check.noError(type), !found, "it did not say " + type, "it said " + type);
        }
    }

    private void build(Command.Compile compile) {
        if (compile.sources().isEmpty()
                || compile.settings().step().filter(Step.PREPROCESS::equals).isPresent()) {
            return; // nothing is compiled
        }
        required.language().ifPresent(language -> language(language, compile.sources()));
        if (!compile.settings().unreadArgumentFiles().isEmpty()) {
            return; // the meaning of the options is unknown
        }
        Argv argv = activity.started().origin().exec().call().argv();
        if (!argv.cut()) {
            required.standard()
                    .ifPresent(standard -> standard(standard, compile.settings().standard()));
        }
        options(argv);
    }

    /**
     * Checks required and forbidden options. A missing option gives no result if it may be in a response file or in the
     * part of the argv that was cut.
     */
    private void options(Argv argv) {
        List<String> arguments = argv.arguments();
        boolean complete = !argv.cut() && arguments.stream().noneMatch(argument -> argument.startsWith("@"));
        for (String option : required.requiredOptions()) {
            boolean found = arguments.contains(option);
            if (found || complete) {
                add(Check.option(option), found, "the command line has " + option, "the command line has no " + option);
            }
        }
        for (String option : required.forbiddenOptions()) {
            boolean found = arguments.contains(option);
            if (found || complete) {
                add(
                        Check.noOption(option),
                        !found,
                        "the command line has no " + option,
                        "the command line has " + option);
            }
        }
    }

    private void language(String language, List<Source> sources) {
        Optional<Source> other = sources.stream()
                .filter(source -> !source.language().equals(language))
                .findFirst();
        add(
                Check.language(language),
                other.isEmpty(),
                "all sources are " + language,
                other.map(it -> it.path().fileName() + " is " + it.language()).orElse(""));
    }

    private void standard(String wanted, Optional<String> given) {
        add(
                Check.standard(wanted),
                given.filter(wanted::equals).isPresent(),
                "the command line selects " + wanted,
                given.map(it -> "the command line selects " + it).orElse("the command line selects no standard"));
    }

    private void run(Activity.Run run) {
        required.runTime().ifPresent(limit -> {
            Duration time = run.duration();
            add(Check.runTime(limit), time.compareTo(limit) <= 0, "it took " + text(time), "it took " + text(time));
        });
        memory(run);
        String program = HomeworkPath.below(run.started().homework(), run.target());
        int status = run.end().status().exitCode();
        for (HomeworkRequirements.MustRun must : required.mustRun()) {
            if (must.program().equals(program)) {
                add(
                        Check.exitStatus(must),
                        status == must.exitStatus(),
                        "its exit status is " + status,
                        "its exit status is " + status);
            }
        }
    }

    /**
     * Checks the peak memory. A peak that may come from before the exec is only an upper bound: it can show that a run
     * is within the limit, but not that it exceeds the limit.
     */
    private void memory(Activity.Run run) {
        OptionalLong limit = required.peakMemory();
        long peak = run.end().usage().peakMemory();
        if (limit.isPresent()
                && (peak <= limit.getAsLong() || !run.end().usage().peakInherited())) {
            String why = "its peak memory was %d KiB".formatted(peak >> 10);
            add(Check.peakMemory(limit.getAsLong()), peak <= limit.getAsLong(), why, why);
        }
    }

    private void add(String requirement, boolean passed, String ifPassed, String ifNot) {
        checks.add(Check.of(requirement, passed, ifPassed, ifNot));
    }

    /** A duration as text, such as {@code 1.5 s}. */
    private static String text(Duration time) {
        return "%.3f s".formatted(time.toNanos() / 1e9);
    }
}
