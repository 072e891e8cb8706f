package io.procmon.parser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/**
 * A directory with a program in each language, under several names. Each program appends its own name to the file that
 * the variable PROBE names. So the test observes which program ran.
 *
 * @param directory the directory of the programs
 */
record ProbeProject(Path directory) {

    private static final Map<String, String> PROBES = Map.ofEntries(
            Map.entry("js", "require('fs').appendFileSync(process.env.PROBE, 'NAME\\n')"),
            Map.entry("mjs", "import fs from 'fs'; fs.appendFileSync(process.env.PROBE, 'NAME\\n')"),
            Map.entry("pl", "open(my $f, '>>', $ENV{PROBE}); printf $f \"NAME\\n\";\n"),
            Map.entry("rb", "File.open(ENV['PROBE'], 'a') { |f| f.puts 'NAME' }\n"),
            Map.entry("sh", "echo NAME >> \"$PROBE\"\n"),
            Map.entry("R", "cat('NAME\\n', file = Sys.getenv('PROBE'), append = TRUE)\n"),
            Map.entry("java", """
                    import java.nio.file.*;
                    public class Main {
                        public static void main(String[] arguments) throws Exception {
                            Files.writeString(Path.of(System.getenv("PROBE")), "NAME\\n", StandardOpenOption.APPEND);
                        }
                    }
                    """),
            Map.entry("go", """
                    package main
                    import "os"
                    func main() {
                        f, _ := os.OpenFile(os.Getenv("PROBE"), os.O_APPEND|os.O_WRONLY, 0)
                        f.WriteString("NAME\\n")
                    }
                    """));

    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("setup.js", ""),
            Map.entry("lib/Foo.pm", "package Foo; 1;\n"),
            Map.entry("lib/foo.rb", "\n"),
            Map.entry("rc", "\n"),
            Map.entry("go.mod", "module course\n\ngo 1.19\n"),
            Map.entry("Cargo.toml", "[package]\nname = 'course'\nversion = '1.0.0'\n"),
            Map.entry("src/main.rs", "fn main() {}\n"),
            Map.entry("other.rs", "pub fn other() {}\n"),
            Map.entry("Main.hs", "main = return ()\n"),
            Map.entry("A.java", "class A {}\n"),
            Map.entry("src/B.java", "class B {}\n"),
            Map.entry("arguments", "-d \"out put\" # where to\nA.java\n"));

    /** Creates the project. */
    static ProbeProject in(Path directory) throws IOException {
        ProbeProject project = new ProbeProject(directory);
        for (String name : List.of(
                "main.js",
                "index.js",
                "lib/index.js",
                "main.mjs",
                "main.pl",
                "main.rb",
                "run.sh",
                "main.R",
                "main.go")) {
            project.write(name, probe(name.substring(name.lastIndexOf('.') + 1), name));
        }
        project.write("program", probe("sh", "program"));
        project.write("Main.java", probe("java", "Main.java"));
        project.compile("out/Main.class", "");
        project.compile("out/course/Main.class", "package course;\n");
        project.jar("app.jar");
        project.compile("Main.class", ""); // last, because the compiler writes the other classes to the same place
        for (Map.Entry<String, String> file : OTHERS.entrySet()) {
            project.write(file.getKey(), file.getValue());
        }
        return project;
    }

    /** The text of a program that prints a name, in the language of a suffix. */
    static String probe(String suffix, String name) {
        return PROBES.getOrDefault(suffix, "").replace("NAME", name);
    }

    /** A copy that a test may change. */
    ProbeProject copyTo(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(directory.relativize(file).toString()));
            }
        }
        return new ProbeProject(target);
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(directory.resolve(name).getParent());
        Files.writeString(directory.resolve(name), text);
    }

    /** Compiles a class that prints the name of its file. */
    private void compile(String name, String header) throws IOException {
        Files.createDirectories(directory.resolve(name).getParent());
        Files.write(directory.resolve(name), classFile(header + probe("java", name)));
    }

    /** Creates a jar whose main class prints the name of the jar. */
    private void jar(String name) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Main");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(directory.resolve(name)), manifest)) {
            jar.putNextEntry(new ZipEntry("Main.class"));
            jar.write(classFile(probe("java", name)));
        }
    }

    private byte[] classFile(String source) throws IOException {
        Path compiling = directory.resolve("compiling");
        Path file = Files.writeString(Files.createDirectory(compiling).resolve("Main.java"), source);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", directory.toString(), "-implicit:none", file.toString());
        if (status != 0) {
            throw new IOException("javac says " + status);
        }
        Path compiled = directory.resolve(source.startsWith("package course") ? "course/Main.class" : "Main.class");
        byte[] bytes = Files.readAllBytes(compiled);
        for (Path used : List.of(compiled, file, compiling)) {
            Files.delete(used);
        }
        Files.deleteIfExists(directory.resolve("course"));
        return bytes;
    }
}
