/**
 * The types of the stream, one for each stage: {@code ExecRecord -> Classified -> Attributed -> Started -> Activity}.
 *
 * <p>Knows {@code process}, and the commands that {@code parser} returns. Each value is complete when it is created.
 * Times come from the kernel records, so that all later results can be reproduced.
 */
package io.procmon.events;
