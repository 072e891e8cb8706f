package io.procmon.config;

import io.procmon.diagnostics.DiagnosticsLevel;
import io.procmon.process.CommandSyntax;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValue;
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

    /** The source of records. */
    @WithDefault("live")
    Source source();

    /**
     * A file to which procmon writes every record of the source as a line of JSON, for tests and diagnosis. It contains
     * student ids and arguments.
     */
    Optional<Path> recordTo();

    /** Whether each activity is printed to standard output as a readable line. */
    @WithDefault("false")
    boolean print();

    /** The name of this node in events. Default: its hostname. */
    Optional<String> node();

    /** The longest time that a stop takes to deliver the activities that procmon has seen. */
    @WithDefault("10s")
    Duration stopTimeout();

    /** The format of a student's hostname. */
    Hostname hostname();

    /** The homework directories of students. */
    Homework homework();

    /** The tools that procmon recognises, by a name of your choice. Its own tools are files in resources/tools. */
    Map<String, Tool> tools();

    /** The backend. */
    Api api();

    /** Kafka, the other kind of backend. */
    Kafka kafka();

    /** The queue of activities that wait for the backend. */
    Spool spool();

    /** The data that procmon removes from events. */
    Privacy privacy();

    /** The receiver of activities if no backend is configured. */
    Receiver receiver();

    /** The class page of this node. */
    Classroom classroom();

    /** The analysis of a class's activities. */
    Workflow workflow();

    /** The requirements of homework. */
    Requirements requirements();

    /** The class page. */
    Web web();

    /** The nodes that report to the class service. */
    Nodes nodes();

    /** The sign-in to the class page. */
    SignIn signIn();

    /** The database of the class service. */
    Database database();

    /** Links with which students see what is recorded of them. */
    Mirror mirror();

    /** The capture of messages of compilers, interpreters and students' programs. */
    Diagnostics diagnostics();

    /** The kernel side. */
    Kernel kernel();

    /** The source of records. */
    enum Source {
        /** The kernel. */
        LIVE,
        /** A recorded session, repeatedly. */
        REPLAY,
        /** The kernel if procmon can watch it, otherwise the recorded session. */
        AUTO
    }

    /** The format of a student's hostname. */
    interface Hostname {
        /** The prefix of the hostnames of students' containers. The kernel program ignores all others. */
        @WithDefault("jcode-")
        String prefix();

        /** The rest of the hostname: a regular expression with the groups course, section and student. */
        @WithDefault("(?<course>[A-Za-z0-9]+)-(?<section>[0-9]+)-(?<student>[0-9]+)(-.*)?")
        String pattern();
    }

    /** The homework directories of students. */
    interface Homework {
        /**
         * The project directories of a student, as seen in the container: {course}, {section} and {student} stand for
         * the student's own.
         */
        @WithDefault("/home/coder/project,/workspace/{course}-{section}-{student}")
        List<String> roots();

        /** The whole name of a homework directory, as a regular expression. */
        @WithDefault("hw([0-9]|1[0-9]|20)")
        String pattern();

        /** The whole name of a file or directory in a homework that belongs to a tool, as a regular expression. */
        @WithDefault(
                "CMakeScratch|CMakeTmp|CompilerId[A-Za-z]+|cmTC_[0-9a-f]+([.].*)?|_deps|meson-private|[.]conf_check_[0-9a-f]+|[.]sconf_temp|conf(test|tst|tstm)[0-9a-z_]*([.](?!py$)[A-Za-z0-9.]+)?|config[.](status|guess|sub)|depcomp|install-sh|node_modules|[.]git|[.]?venv|site-packages")
        String ignore();
    }

    /** A tool that procmon recognises. A missing key has the value of the similar tool. */
    interface Tool {
        /** A similar tool: a new version of a compiler is like the compiler. */
        Optional<String> like();

        /** Whether it is a compiler or an interpreter. */
        Optional<io.procmon.process.Tool.Kind> kind();

        /** The type of its activities, such as GCC. */
        Optional<String> type();

        /** The language that it reads, such as python: a run's process_type. */
        Optional<String> language();

        /** The whole path of its executable, with links resolved, as a regular expression. */
        Optional<String> executable();

        /**
         * The file name by which it was called, as a regular expression. Only needed if one executable is several
         * tools.
         */
        Optional<String> invokedAs();

        /**
         * A whole argument, as a regular expression. Only needed if one executable is several tools and an argument
         * chooses one.
         */
        Optional<String> argument();

        /** The parser of its command line. */
        Optional<String> parser();

        /** The syntax of its options. */
        Options options();

        /** The suffixes of the files that it reads, without the dot. */
        Optional<List<String>> suffixes();

        /** The suffixes that may be missing from the name of a script. */
        Optional<List<String>> implied();

        /** The file that a directory stands for, such as __main__.py or Cargo.toml. */
        Optional<String> main();

        /** The effects of its sub-commands, and of options that act as such. */
        Map<String, CommandSyntax.Effect> commands();

        /**
         * The whole path, as a regular expression, of the program that it builds and runs. The run has the exit status
         * of that program: go run.
         */
        Optional<String> program();

        /** Programs in its language that run other programs, such as pytest. */
        Map<String, Runner> runners();
    }

    /** The syntax of the options of a command line. */
    interface Options {
        /** The characters with which an option starts. Default: a dash. */
        Optional<String> prefixes();

        /**
         * The options of one letter that may be combined: a alone, b: with a value, c:: with a value in the same
         * argument or none, d# with a number or none, e+ whose value is the next argument.
         */
        Optional<String> letters();

        /** The other options without a value. Only needed if they look like combined letters, or with complete. */
        Optional<List<String>> alone();

        /** The other options whose value is the next argument. */
        Optional<List<String>> values();

        /** Arguments after which there are no more options. Default: two dashes. */
        Optional<List<String>> end();

        /** Options that make the tool print information and exit. */
        Optional<List<String>> asks();

        /** Options with which there is no file. */
        Optional<List<String>> inline();

        /** Options whose value is a module. */
        Optional<List<String>> module();

        /** Options whose value is the file to run. */
        Optional<List<String>> file();

        /** Options whose value is the output file or directory. */
        Optional<List<String>> output();

        /** Options whose value is the directory to which the tool changes before it reads on. */
        Optional<List<String>> directory();

        /** Whether the tool rejects all options that are not listed. */
        Optional<Boolean> complete();
    }

    /** A program that runs another one. */
    interface Runner {
        /** The whole path of its script, as a regular expression. Default: its name in a directory bin. */
        Optional<String> script();

        /** The sub-command that runs something, if there are several. */
        Optional<String> command();

        /** The meaning of its first operand. */
        io.procmon.process.Runner.Operand operand();

        /** Its own options. */
        Options options();
    }

    /** The backend. */
    interface Api {
        /** The backend's address, such as http://localhost:8000; without it, activities go to the embedded receiver. */
        Optional<URI> endpoint();

        /** The time limit for an answer, in seconds or as 500ms. */
        @WithDefault("20s")
        Duration timeout();

        /** The form of events: jcode, generic or cloudevents. */
        @WithDefault("jcode")
        String dialect();

        /** The path of the dialects generic and cloudevents. */
        @WithDefault("/api/events")
        String genericPath();

        /** A file with a token, which procmon sends as Authorization: Bearer. It is read again when it changes. */
        Optional<Path> tokenFile();

        /**
         * The longest wait before a backend that is away is tried again. It is also the first pause of an activity that
         * keeps failing while the backend accepts others: the pause doubles four times, then the activity becomes a
         * dead letter.
         */
        @WithDefault("30s")
        Duration retryWait();

        /**
         * The largest number of requests under way, over all students. Each student has a queue, and at most one
         * request under way: students take turns, and a student's activities keep their order.
         */
        @WithDefault("32")
        @Within(min = 1, max = 1024)
        int concurrency();

        /**
         * The largest number of activities in a request, all of one student, in the dialects generic and cloudevents.
         * From 2 on, they are sent as a JSON array, compressed with gzip.
         */
        @WithDefault("1")
        @Within(min = 1, max = 1000)
        int batchSize();
    }

    /** A topic of a Kafka cluster as the backend. Kafka's own keys configure its address and its credentials. */
    interface Kafka {
        /** Whether activities go to Kafka in place of HTTP; the class service then also reads them there. */
        @WithDefault("false")
        boolean enabled();

        /** The topic. */
        @WithDefault("procmon-activities")
        String topic();

        /** For the class service: its consumer group, the same for all its instances. */
        @WithDefault("procmon-class")
        String group();
    }

    /** The queue of activities that wait for the backend. */
    interface Spool {
        /** A directory on a disk that outlives procmon; without it, activities wait in memory. */
        Optional<Path> dir();

        /** The size limit. Beyond it, the oldest activities are dropped. */
        @WithDefault("1G")
        MemorySize maxSize();

        /** The age limit of an activity. */
        @WithDefault("14D")
        Duration maxAge();

        /** The size limit in memory, without a directory or while its disk accepts nothing. */
        @WithDefault("16M")
        MemorySize memorySize();

        /**
         * The largest number of activities per second that are read back from disk, after an outage. An activity that
         * is delivered soon after it ended is not read back: the limit does not delay it.
         */
        @WithDefault("1000")
        @Within(min = 1, max = 1_000_000)
        int catchUpRate();
    }

    /** The data that procmon removes from events. */
    interface Privacy {
        /** Secrets in command lines, by a name of your choice. */
        Map<String, Redact> redact();

        /** A file with a key of 16 bytes or more. With it, events have pseudonyms in place of student ids. */
        Optional<Path> pseudonymKeyFile();

        /** A secret in a command line. */
        interface Redact {
            /** A regular expression with the group secret, over the arguments, one on each line. */
            ConfigValue pattern();

            /**
             * Words, separated by commas. Each match of the pattern contains one of them, in upper or lower case.
             * procmon applies the pattern only to texts with one of these words, and without words to every text. Words
             * belong to the pattern in the same place of the configuration: where a pattern replaces another one, it
             * does not inherit words.
             */
            Optional<ConfigValue> words();
        }
    }

    /** The receiver of activities if no backend is configured. */
    interface Receiver {
        /** The number of activities that it keeps: the latest. */
        @WithDefault("1000")
        @Within(min = 1, max = 1_000_000)
        int capacity();
    }

    /** The class page. */
    interface Web {
        /**
         * A file with a token, which is the password for other machines if quarkus.http.host is not a loopback address.
         * Without it, other machines see nothing.
         */
        Optional<Path> tokenFile();
    }

    /** The nodes that report to the class service. */
    interface Nodes {
        /**
         * A file with a line for each node: its name, a space and its token, of 16 characters or more. The name *
         * stands for any node. Without it, only this machine can report.
         */
        Optional<Path> tokenFile();
    }

    /** The sign-in to the class page. */
    interface SignIn {
        /** The address of an OpenID Connect provider. Without it, nobody has to sign in. */
        Optional<URI> issuer();

        /** The name by which the provider knows procmon. */
        @WithDefault("procmon")
        String clientId();

        /** A file with the secret that the provider has given to procmon; of 32 characters or more for several instances. */
        Optional<Path> secretFile();

        /** A file with a line for each person: the name, then teacher, assistant or admin, then the courses. */
        Optional<Path> peopleFile();

        /** Without a file of people: the claim with the roles teacher, assistant and admin. */
        @WithDefault("groups")
        String rolesClaim();

        /** Without a file of people: the claim with the courses. */
        @WithDefault("courses")
        String coursesClaim();
    }

    /** The database of the class service. */
    interface Database {
        /**
         * The address of a PostgreSQL database, such as postgresql://localhost:5432/procmon. Without it, the class
         * service keeps activities in a file.
         */
        Optional<URI> url();

        /** The name of the role that owns the tables. */
        @WithDefault("procmon")
        String user();

        /** A file with the password of the role. */
        Optional<Path> passwordFile();

        /** The largest number of open connections. */
        @WithDefault("8")
        @Within(min = 1, max = 1000)
        int poolSize();

        /** The shortest time for which the database keeps a build or run. It deletes whole months. */
        @WithDefault("400D")
        Duration retention();
    }

    /** Links with which students see what is recorded of them. */
    interface Mirror {
        /** A file with the key that signs the links, of 32 bytes or more. Without it, there are no links. */
        Optional<Path> keyFile();

        /** Whether a student may opt out of being recorded. A course can withdraw it. */
        @WithDefault("false")
        boolean optingOut();

        /** Whether a student may delete what is recorded. A course can withdraw it. */
        @WithDefault("false")
        boolean deletion();
    }

    /** The requirements of homework. */
    interface Requirements {
        /**
         * A directory with one YAML file for each course, with the requirements of its homework. Without it, only paths
         * decide.
         */
        Optional<Path> dir();
    }

    /** The class page of this node. */
    interface Classroom {
        /**
         * Whether this node keeps the builds and runs of its students, and serves the class page. A node that reports to
         * a class service needs neither.
         */
        @WithDefault("true")
        boolean enabled();
    }

    /** The analysis of a class's activities. */
    interface Workflow {
        /**
         * The default pause that ends a session, also for commands that do not have the configuration of the service.
         */
        String IDLE = "30m";

        /** The shortest time without an activity that ends a session. */
        @WithDefault(IDLE)
        Duration idle();

        /** Stuck: the number of failed builds in a row. */
        @WithDefault("5")
        @Within(min = 2, max = 1000)
        int stuckBuilds();

        /** Stuck: the time from the start of the first of them to the end of the last, without pauses. */
        @WithDefault("10m")
        Duration stuckTime();

        /**
         * Longer than the class: the share of the other students who have repaired builds at the same step of the homework in
         * less time, in percent.
         */
        @WithDefault("90")
        @Within(min = 50, max = 100)
        int classShare();

        /** Longer than the class: the smallest number of other students that the comparison rests on. */
        @WithDefault("10")
        @Within(min = 1, max = 100_000)
        int classStudents();

        /** Same error again: the number of builds, or of runs, in a row with an error of one type. */
        @WithDefault("4")
        @Within(min = 2, max = 1000)
        int sameErrorAttempts();

        /** Crash loop: the number of crashed runs in a row. */
        @WithDefault("3")
        @Within(min = 2, max = 1000)
        int crashLoopRuns();

        /** Infinite loop: the CPU time of a run that was stopped. */
        @WithDefault("10s")
        Duration infiniteLoopStopped();

        /** Infinite loop: the CPU time of a program that still runs. */
        @WithDefault("10m")
        Duration infiniteLoopRunning();

        /** Test-driven: the number of test runs. */
        @WithDefault("5")
        @Within(min = 1, max = 1000)
        int testDrivenRuns();

        /** Test-driven: their share of all runs, in percent. */
        @WithDefault("50")
        @Within(min = 1, max = 100)
        int testDrivenShare();

        /** Build without run: the number of programs built in a row without a run. */
        @WithDefault("3")
        @Within(min = 2, max = 1000)
        int buildWithoutRunBuilds();

        /** Paste and submit: the size of the source of the first build, in bytes. */
        @WithDefault("2000")
        @Within(min = 1, max = 1_000_000_000)
        int pasteBytes();

        /** Paste and submit: the longest time from the first activity to the end of that build. */
        @WithDefault("1m")
        Duration pasteTime();

        /** Late start: the time before the due date. */
        @WithDefault("1D")
        Duration lateStartTime();

        /**
         * Whether procmon sends patterns to the backend when they are found and when they end, in the dialects generic
         * and cloudevents.
         */
        @WithDefault("false")
        boolean report();

        /** The number of activities that are analysed per student and homework: the newest. */
        @WithDefault("1000")
        @Within(min = 10, max = 100_000)
        int perHomework();

        /** The number of activities in the file beside the spool: the newest. */
        @WithDefault("500000")
        @Within(min = 100, max = 100_000_000)
        int capacity();

        /**
         * The pause between two saves of the file. After a crash, the class page lacks the activities since the last save. A
         * longer pause writes less: in a class, each save writes the pages of most students.
         */
        @WithDefault("1m")
        Duration savePause();

        /** The number of activities that are kept without a directory for the spool. */
        @WithDefault("20000")
        @Within(min = 100, max = 10_000_000)
        int memoryCapacity();
    }

    /** The capture of messages of compilers, interpreters and students' programs. */
    interface Diagnostics {
        /**
         * The part of standard error that is kept: off, types, messages or text. With off, nothing is loaded into the
         * kernel for it.
         */
        @WithDefault("off")
        DiagnosticsLevel level();
    }

    /** The kernel side. */
    interface Kernel {
        /** The ring buffer's size: a power of two. */
        @WithDefault("4M")
        MemorySize ringSize();

        /**
         * The size limit of the memory for records that arrive faster than procmon interprets them. The memory exists
         * only during a burst.
         */
        @WithDefault("32M")
        MemorySize burstSize();

        /** The number of processes that can be watched at a time. One container may hold a quarter of them. */
        @WithDefault("8192")
        @Within(min = 64, max = 4_194_304)
        int processes();

        /** Whether procmon takes in processes that already run at start-up. */
        @WithDefault("true")
        @WithName("take-in")
        boolean takeIn();

        /**
         * The number of programs that a container may start per second in the long run. The burst of one container then
         * does not cost others their events. 0 means no limit.
         */
        @WithDefault("5000")
        @Within(min = 0, max = 1_000_000)
        int execRate();

        /** The number of programs that a container may start at once after a quiet time. */
        @WithDefault("20000")
        @Within(min = 1, max = 1_000_000)
        int execBurst();

        /** The time for which the reader lets records accumulate while more arrive. */
        @WithDefault("4ms")
        Duration linger();
    }
}
