/**
 * What courses require, as their teachers write it: a YAML file for each course, read again when it changes.
 *
 * <p>Whatever is wrong with a file is said with its line, all at once. A file that is wrong at the start ends the start; one
 * that becomes wrong later changes nothing, and is said in the log. Knows {@code requirements} and {@code config}.
 *
 * <p>SnakeYAML is used for its tree of nodes, which know their lines, and for nothing that makes objects from tags.
 */
package io.procmon.coursefiles;
