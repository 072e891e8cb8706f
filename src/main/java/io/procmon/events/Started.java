package io.procmon.events;

import io.procmon.parser.Command;

/**
 * An activity that runs: all is known but its end.
 *
 * @param origin who, where and what
 * @param command what the command line means
 * @param homework the homework directory, such as {@code hw1}
 */
public record Started(Attributed origin, Command.Action command, String homework) {}
