/**
 * What a homework requires, and whether an activity is as it should be.
 *
 * <p>Knows {@code events}, {@code homework}, {@code parser} and {@code process}; asks no disk and no clock. Each requirement
 * that an activity can meet or miss gives one {@link io.procmon.requirements.Check}, with a reason that a student
 * understands. What cannot be told for certain is not checked: no check is better than a wrong one.
 */
package io.procmon.requirements;
