package io.procmon.classroom.course;

import io.procmon.classroom.course.HomeworkRequirements.MustRun;
import io.procmon.diagnostics.DiagnosticsLevel;
import java.io.StringReader;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the file of one course. The document classes.md has an example. */
public final class CourseFile {

    private static final Set<String> COURSE =
            Set.of("course", "sections", "zone", "diagnostics", "mirror", "homeworks");
    private static final Set<String> HOMEWORK = Set.of(
            "name",
            "opens",
            "due",
            "language",
            "standard",
            "options",
            "sources",
            "outputs",
            "must-run",
            "limits",
            "forbidden-tools",
            "forbidden-errors",
            "milestones");
    private static final Set<String> OPTIONS = Set.of("required", "forbidden");
    private static final Set<String> MUST_RUN = Set.of("program", "exit-status");
    private static final Set<String> MILESTONE = Set.of("name", "built", "wrote", "ran", "exit-status");
    private static final Set<String> LIMITS = Set.of("run-time", "peak-memory");

    private final Problems problems;
    private ZoneId zone = ZoneOffset.UTC;

    private CourseFile(String name) {
        problems = new Problems(name);
    }

    /**
     * Reads a course.
     *
     * @param name the file's name in messages
     * @param text the contents of the file
     * @throws InvalidCourseFile with all mistakes in the file
     */
    public static Course read(String name, String text) throws InvalidCourseFile {
        return new CourseFile(name).read(text);
    }

    private Course read(String text) throws InvalidCourseFile {
        Optional<Node> root = compose(text);
        problems.throwIfAny();
        YamlMapping course = YamlMapping.of(root.orElseThrow(), COURSE, problems);
        Optional<String> name = course.required("course", Function.identity());
        Optional<ZoneId> ownZone = course.value("zone", Values::zone);
        zone = ownZone.orElse(ZoneOffset.UTC);
        Optional<DiagnosticsLevel> diagnostics = course.value("diagnostics", Values::level);
        Optional<Set<MirrorOffer>> mirror = mirror(course);
        List<HomeworkRequirements> homeworks = new ArrayList<>();
        for (Node homework : course.nodes("homeworks")) {
            homework(homework).ifPresent(homeworks::add);
        }
        problems.throwIfAny();
        return new Course(
                name.orElseThrow(),
                Set.copyOf(course.texts("sections")),
                ownZone,
                diagnostics,
                mirror,
                List.copyOf(homeworks));
    }

    private Optional<Set<MirrorOffer>> mirror(YamlMapping course) {
        return course.values("mirror", MirrorOffer::named).map(words -> {
            Set<MirrorOffer> offers = words.stream().flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
            if (words.size() > 1 && words.contains(Optional.<MirrorOffer>empty())) {
                course.problem("mirror", "off excludes the other words");
            } else if (!offers.isEmpty() && !offers.contains(MirrorOffer.SHOWN)) {
                course.problem("mirror", "the other words need shown");
            }
            return offers;
        });
    }

    private Optional<Node> compose(String text) {
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
            if (root == null) {
                problems.add("the file is empty");
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException e) {
            problems.add(e.getProblemMark(), e.getProblem());
        } catch (YAMLException e) {
            problems.add(e.getMessage());
        }
        return Optional.empty();
    }

    private Optional<HomeworkRequirements> homework(Node node) {
        YamlMapping homework = YamlMapping.of(node, HOMEWORK, problems);
        Optional<Pattern> name = homework.required("name", Values::pattern);
        Optional<Instant> opens = homework.value("opens", it -> Values.time(it, zone));
        Optional<Instant> due = homework.value("due", it -> Values.time(it, zone));
        if (opens.isPresent() && due.isPresent() && !due.get().isAfter(opens.get())) {
            problems.add(node.getStartMark(), "due: must be after opens");
        }
        Optional<YamlMapping> options = homework.mapping("options", OPTIONS);
        Optional<YamlMapping> limits = homework.mapping("limits", LIMITS);
        List<MustRun> mustRun = new ArrayList<>();
        for (Node must : homework.nodes("must-run")) {
            mustRun(must).ifPresent(mustRun::add);
        }
        List<Milestone> milestones = milestones(homework.nodes("milestones"));
        Optional<Long> peakMemory = limits.flatMap(it -> it.value("peak-memory", Values::size));
        return name.map(it -> new HomeworkRequirements(
                it,
                opens,
                due,
                homework.value("language", Function.identity()),
                homework.value("standard", Function.identity()),
                options.map(option -> option.texts("required")).orElse(List.of()),
                options.map(option -> option.texts("forbidden")).orElse(List.of()),
                homework.texts("sources"),
                homework.texts("outputs"),
                List.copyOf(mustRun),
                limits.flatMap(limit -> limit.value("run-time", Values::duration)),
                peakMemory.map(OptionalLong::of).orElse(OptionalLong.empty()),
                homework.texts("forbidden-tools"),
                homework.texts("forbidden-errors"),
                milestones));
    }

    private Optional<MustRun> mustRun(Node node) {
        YamlMapping must = YamlMapping.of(node, MUST_RUN, problems);
        int exitStatus = must.value("exit-status", Values::exitStatus).orElse(0);
        return must.required("program", Function.identity()).map(program -> new MustRun(program, exitStatus));
    }

    private List<Milestone> milestones(List<Node> nodes) {
        List<Milestone> milestones = new ArrayList<>();
        for (Node node : nodes) {
            milestone(node).ifPresent(milestone -> {
                if (milestones.stream().anyMatch(it -> it.name().equals(milestone.name()))) {
                    problems.add(node.getStartMark(), "milestones: '%s' occurs twice".formatted(milestone.name()));
                }
                milestones.add(milestone);
            });
        }
        return List.copyOf(milestones);
    }

    private Optional<Milestone> milestone(Node node) {
        YamlMapping milestone = YamlMapping.of(node, MILESTONE, problems);
        Optional<String> name = milestone.required("name", Values::name);
        Optional<Milestone> read = name.flatMap(it -> Milestone.of(
                it,
                milestone.value("built", Function.identity()),
                milestone.value("wrote", Function.identity()),
                milestone.value("ran", Function.identity()),
                milestone.value("exit-status", Values::exitStatus)));
        if (name.isPresent() && read.isEmpty()) {
            problems.add(
                    node.getStartMark(),
                    "milestones: '%s' needs one of built, wrote and ran; exit-status belongs to ran"
                            .formatted(name.get()));
        }
        return read;
    }
}
