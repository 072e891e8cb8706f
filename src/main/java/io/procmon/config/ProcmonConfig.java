package io.procmon.config;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that can be configured, as {@code procmon.*} properties or {@code PROCMON_*} environment variables. The
 * document configuration.md has a row for each key; a test compares them.
 */
@ConfigMapping(prefix = "procmon")
@RegisterForReflection // ConfigurationKeys reads it, also in a native executable
public interface ProcmonConfig {

    /** Where records come from. */
    @WithDefault("live")
    Source source();

    /** A file that gets every record of the source as a line of JSON: for tests, and to look into a problem. It holds students' names and arguments. */
    Optional<Path> recordTo();

    /** Whether each activity is printed to standard output as a readable line. */
    @WithDefault("false")
    boolean print();

    /** The name under which this node's events go; by default its hostname. */
    Optional<String> node();

    /** How long a stop may take: until then what was seen is still delivered. */
    @WithDefault("10s")
    Duration stopTimeout();

    /** How a hostname names a student. */
    Hostname hostname();

    /** What homework is. */
    Homework homework();

    /** The tools that are watched, by a name of your choice; those that procmon knows are files in resources/tools. */
    Map<String, Tool> tools();

    /** The backend. */
    Api api();

    /** The other kind of backend. */
    Kafka kafka();

    /** Where activities wait for the backend. */
    Spool spool();

    /** What must not be told. */
    Privacy privacy();

    /** The receiver that takes activities if no backend is configured. */
    Receiver receiver();

    /** What is made of a class's activities. */
    Workflow workflow();

    /** What homework requires. */
    Requirements requirements();

    /** What people look at. */
    Web web();

    /** The kernel side. */
    Kernel kernel();

    /** Where records come from. */
    enum Source {
        /** The kernel. */
        LIVE,
        /** A recorded session, over and over. */
        REPLAY,
        /** The kernel if it can be watched, else the recorded session. */
        AUTO
    }

    /** How a hostname names a student. */
    interface Hostname {
        /** Hostnames that start so are students'; the kernel drops all others. */
        @WithDefault("jcode-")
        String prefix();

        /** What follows the prefix: a regular expression with the groups course, section and student. */
        @WithDefault("(?<course>[A-Za-z0-9]+)-(?<section>[0-9]+)-(?<student>[0-9]+)(-.*)?")
        String pattern();
    }

    /** What homework is. */
    interface Homework {
        /** The project directories of a student, as seen in the container: {course}, {section} and {student} stand for the student's own. */
        @WithDefault("/home/coder/project,/workspace/{course}-{section}-{student}")
        List<String> roots();

        /** A homework directory's whole name, as a regular expression. */
        @WithDefault("hw([0-9]|1[0-9]|20)")
        String pattern();

        /** The whole name of a file or directory below a homework that is a tool's business and not the student's, as a regular expression. */
        @WithDefault(
                "CMakeFiles|meson-private|conftest([.](c|cc|cpp|o|exe|dir))?|config[.](status|guess|sub)|depcomp|install-sh|node_modules|[.]git|[.]?venv|site-packages")
        String ignore();
    }

    /** A tool that is watched. What it does not say, it takes from the tool that it is like. */
    interface Tool {
        /** Another tool that it takes after: a new version of a compiler is like the compiler. */
        Optional<String> like();

        /** Whether it compiles or interprets. */
        Optional<Kind> kind();

        /** The type under which its activities go, such as GCC. */
        Optional<String> type();

        /** The language that it reads, such as python: a run's process_type. */
        Optional<String> language();

        /** The whole path of its executable, with links resolved, as a regular expression. */
        Optional<String> executable();

        /** The file name that it was called by, as a regular expression; only where one executable is several tools. */
        Optional<String> invokedAs();

        /** A whole argument, as a regular expression; only where one executable is several tools by what it is told to run. */
        Optional<String> argument();

        /** The parser that reads its command line. */
        Optional<String> parser();

        /** How its options are built. */
        Options options();

        /** The suffixes of the files that it reads, without the dot. */
        Optional<List<String>> suffixes();

        /** The suffixes that a script may be named without. */
        Optional<List<String>> implied();

        /** The file that a directory stands for, such as __main__.py or Cargo.toml. */
        Optional<String> main();

        /** Its sub-commands, and options that are such, with what they do. */
        Map<String, Effect> commands();

        /** The whole path, as a regular expression, of the program that it builds and runs, as which its run ends: go run. */
        Optional<String> program();

        /** Programs in its language that run others, such as pytest. */
        Map<String, Runner> runners();

        /** What a sub-command does. */
        enum Effect {
            /** It compiles. */
            BUILD,
            /** It compiles and runs. */
            RUN,
            /** It starts other tools, and then the program in its own place. */
            START
        }

        /** What a tool does with its input. */
        enum Kind {
            /** Its activity is a build. */
            COMPILER,
            /** Its activity is a run. */
            INTERPRETER
        }
    }

    /** How a command line's options are built. */
    interface Options {
        /** The characters that an option starts with; by default a dash. */
        Optional<String> prefixes();

        /** The options of one letter that may be combined: a alone, b: with a value, c:: with a value in the same argument or none, d# with a number or none, e+ whose value is the next argument. */
        Optional<String> letters();

        /** The other options that have no value; only where they could be taken for letters, or where options are complete. */
        Optional<List<String>> alone();

        /** The other options whose value is the next argument. */
        Optional<List<String>> values();

        /** Arguments behind which there are no more options; by default two dashes. */
        Optional<List<String>> end();

        /** Options that make it answer and leave. */
        Optional<List<String>> asks();

        /** Options with which there is no file. */
        Optional<List<String>> inline();

        /** Options whose value is a module. */
        Optional<List<String>> module();

        /** Options whose value is the file to be run. */
        Optional<List<String>> file();

        /** Options whose value is where the output goes. */
        Optional<List<String>> output();

        /** Options whose value is the directory that it goes to before it reads on. */
        Optional<List<String>> directory();

        /** Whether there are no other options, so that others are refused. */
        Optional<Boolean> complete();
    }

    /** A program that runs another one. */
    interface Runner {
        /** The whole path of its script, as a regular expression; by default its name in a directory bin. */
        Optional<String> script();

        /** The sub-command that runs something, where there are several. */
        Optional<String> command();

        /** What its first operand is. */
        Operand operand();

        /** Its own options. */
        Options options();

        /** What a runner's first operand is. */
        enum Operand {
            /** The file to be run. */
            FILE,
            /** Files, directories or modules with tests. */
            TESTS,
            /** An application: a file, or a module and a name. */
            APPLICATION,
            /** Nothing that stands for it. */
            NONE,
            /** What it starts is the activity. */
            STARTED
        }
    }

    /** The backend. */
    interface Api {
        /** The backend's address, such as http://localhost:8000; without it, activities go to the embedded receiver. */
        Optional<URI> endpoint();

        /** How long an answer may take, in seconds or as 500ms. */
        @WithDefault("20s")
        Duration timeout();

        /** What the backend understands: jcode, generic or cloudevents. */
        @WithDefault("jcode")
        String dialect();

        /** Where the generic and the cloudevents dialect post. */
        @WithDefault("/api/events")
        String genericPath();

        /** A file with a token that goes along as Authorization: Bearer; read again when it changes. */
        Optional<Path> tokenFile();

        /** How long a backend that is away is left alone at most, before it is tried again. */
        @WithDefault("30s")
        Duration retryWait();

        /** How many requests are under way at most; those of one student follow each other. */
        @WithDefault("32")
        @Within(min = 1, max = 1024)
        int concurrency();

        /** How many activities a request may hold, in the dialects generic and cloudevents: from 2 on, they go as a JSON array, with gzip. */
        @WithDefault("1")
        @Within(min = 1, max = 1000)
        int batchSize();
    }

    /** A topic of a Kafka cluster as the backend; where the cluster is, and how to get in, is Kafka's own configuration. */
    interface Kafka {
        /** Whether activities go to Kafka instead of by HTTP. */
        @WithDefault("false")
        boolean enabled();

        /** The topic that they go to. */
        @WithDefault("procmon-activities")
        String topic();
    }

    /** Where activities wait for the backend. */
    interface Spool {
        /** A directory on a disk that outlives procmon; without it, activities wait in memory. */
        Optional<Path> dir();

        /** How much may wait; after that, the oldest go. */
        @WithDefault("1G")
        MemorySize maxSize();

        /** How long an activity may wait. */
        @WithDefault("14D")
        Duration maxAge();

        /** How much may wait in memory, without a directory or while its disk takes nothing. */
        @WithDefault("16M")
        MemorySize memorySize();

        /** How many activities a second are read back from disk at most, when the backend is back. */
        @WithDefault("1000")
        @Within(min = 1, max = 1_000_000)
        int catchUpRate();
    }

    /** What must not be told. */
    interface Privacy {
        /** Secrets in command lines, by a name of your choice. */
        Map<String, Redact> redact();

        /** A file with a key, of 16 bytes or more: with it, students go under pseudonyms. */
        Optional<Path> pseudonymKeyFile();

        /** A secret in a command line. */
        interface Redact {
            /** Where it is: a regular expression over the arguments, a line each, with the group secret. */
            String pattern();
        }
    }

    /** The receiver that takes activities if no backend is configured. */
    interface Receiver {
        /** How many activities it keeps: the latest. */
        @WithDefault("1000")
        @Within(min = 1, max = 1_000_000)
        int capacity();
    }

    /** What people look at. */
    interface Web {
        /** A file with a token, the password for who comes from elsewhere: only of use if quarkus.http.host is another than loopback; without it, there is nothing to be seen from elsewhere. */
        Optional<Path> tokenFile();
    }

    /** What homework requires. */
    interface Requirements {
        /** A directory with a YAML file for each course that says what its homework requires; without it, paths alone decide. */
        Optional<Path> dir();
    }

    /** What is made of a class's activities. */
    interface Workflow {
        /** How long a session may pause, where nobody says anything else: also for commands that have no service's configuration. */
        String IDLE = "30m";

        /** The shortest time without an activity that ends a session. */
        @WithDefault(IDLE)
        Duration idle();

        /** How many builds must fail in a row before a student counts as stuck. */
        @WithDefault("5")
        @Within(min = 2, max = 1000)
        int stuckBuilds();

        /** How long these builds must have been failing. */
        @WithDefault("10m")
        Duration stuckTime();

        /** How many runs must crash in a row before it is a crash loop. */
        @WithDefault("3")
        @Within(min = 2, max = 1000)
        int crashLoopRuns();

        /** How much processor time a run must have used that somebody stopped, before it is an infinite loop. */
        @WithDefault("10s")
        Duration infiniteLoopStopped();

        /** How much processor time a program must have used that still runs, before it is an infinite loop. */
        @WithDefault("10m")
        Duration infiniteLoopRunning();

        /** How many runs of tests there must be before somebody counts as test-driven. */
        @WithDefault("5")
        @Within(min = 1, max = 1000)
        int testDrivenRuns();

        /** How many percent of all runs these must be. */
        @WithDefault("50")
        @Within(min = 1, max = 100)
        int testDrivenShare();

        /** How many programs must be built in a row, and none run, before it is build without run. */
        @WithDefault("3")
        @Within(min = 2, max = 1000)
        int buildWithoutRunBuilds();

        /** How many bytes of source the first build must have before it is paste and submit. */
        @WithDefault("2000")
        @Within(min = 1, max = 1_000_000_000)
        int pasteBytes();

        /** How long after the first activity this build ends at most. */
        @WithDefault("1m")
        Duration pasteTime();

        /** How long before a homework is due its first activity is a late start. */
        @WithDefault("1D")
        Duration lateStartTime();

        /** Whether the backend hears of each pattern as it is found and as it ends, in the dialects generic and cloudevents. */
        @WithDefault("false")
        boolean report();

        /** How many activities of one student's homework are looked at: the newest. */
        @WithDefault("1000")
        @Within(min = 10, max = 100_000)
        int perHomework();

        /** How many activities are kept in a file beside the spool: the newest. */
        @WithDefault("500000")
        @Within(min = 100, max = 100_000_000)
        int capacity();

        /** How many activities are kept without a directory for the spool. */
        @WithDefault("20000")
        @Within(min = 100, max = 10_000_000)
        int memoryCapacity();
    }

    /** The kernel side. */
    interface Kernel {
        /** The ring buffer's size: a power of two. */
        @WithDefault("4M")
        MemorySize ringSize();

        /** How much of what comes faster than procmon can take it may wait in memory, so that the ring has room for more; there only while it does. */
        @WithDefault("32M")
        MemorySize burstSize();

        /** How many processes are tracked at a time. */
        @WithDefault("8192")
        @Within(min = 64, max = 4_194_304)
        int processes();

        /** Whether processes that run already are taken in at the start. */
        @WithDefault("true")
        @WithName("take-in")
        boolean takeIn();

        /** How many programs a container may start each second in the long run, so that its storm does not cost others their events; 0: any number. */
        @WithDefault("5000")
        @Within(min = 0, max = 1_000_000)
        int execRate();

        /** How many programs a container may start at once, when it has been quiet. */
        @WithDefault("20000")
        @Within(min = 1, max = 1_000_000)
        int execBurst();

        /** How long the reader lets records gather while they keep coming. */
        @WithDefault("4ms")
        Duration linger();
    }
}
