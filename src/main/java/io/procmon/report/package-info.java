/**
 * Reports to the backend: the body of an activity, the dialects, redaction and pseudonyms.
 *
 * <p>Knows {@code events}, {@code process}, {@code parser}, and the checks and patterns of {@code classroom}. A report
 * is redacted before it is stored, so that the spool, the log and the backend have the same text.
 */
package io.procmon.report;
