package io.procmon.process;

import java.util.List;
import java.util.Set;

/**
 * Programs whose output is never captured: shells, editors, remote shells and programs that ask for passwords. A shell
 * writes each typed command to standard error.
 */
public final class PrivatePrograms {

    /** The kernel program compares whole names of at most 15 bytes. */
    private static final List<String> NAMES = List.of(
            "sh",
            "ash",
            "bash",
            "busybox",
            "csh",
            "dash",
            "elvish",
            "fish",
            "ksh",
            "ksh93",
            "lksh",
            "mksh",
            "nu",
            "oksh",
            "pwsh",
            "rbash",
            "tcsh",
            "xonsh",
            "yash",
            "zsh",
            "zsh5",
            "ed",
            "emacs",
            "emacs-gtk",
            "emacs-nox",
            "emacsclient",
            "helix",
            "hx",
            "joe",
            "kak",
            "mcedit",
            "micro",
            "nano",
            "nvim",
            "vi",
            "vim",
            "vim.basic",
            "vim.gtk3",
            "vim.nox",
            "vim.tiny",
            "ssh",
            "ssh-add",
            "ssh-agent",
            "scp",
            "sftp",
            "sshd",
            "mosh-client",
            "telnet",
            "login",
            "su",
            "sudo",
            "passwd",
            "gpg",
            "gpg-agent",
            "git-credential",
            "tmux",
            "screen");

    private static final Set<String> KNOWN = Set.copyOf(NAMES);

    private PrivatePrograms() {}

    /** The file names of the executables. */
    public static List<String> names() {
        return NAMES;
    }

    /** Whether an executable has the name of such a program, with or without a version: {@code zsh-5.9}. */
    public static boolean include(ContainerPath executable) {
        String name = executable.fileName();
        return KNOWN.contains(name) || KNOWN.contains(withoutVersion(name));
    }

    private static String withoutVersion(String name) {
        int end = name.length();
        while (end > 0 && "0123456789.-".indexOf(name.charAt(end - 1)) >= 0) {
            end--;
        }
        return name.substring(0, end);
    }
}
