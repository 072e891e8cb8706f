/**
 * The nouns of the stream, one for each stage: {@code ExecRecord -> Classified -> Attributed -> Started -> Activity}.
 *
 * <p>Knows {@code process} and what a {@code parser} says. A value that exists is complete, so that nobody asks whether a
 * field is filled in yet. Times come in with the record: everything later can be reproduced.
 */
package io.procmon.events;
