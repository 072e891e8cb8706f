/**
 * What is sent: the body of an activity, the dialects, redaction and pseudonyms.
 *
 * <p>Knows {@code events}, {@code process}, {@code parser}, and of {@code classroom} the checks and patterns that a report
 * carries. A report is redacted before it is kept, so the spool, the log and the backend see the same text.
 */
package io.procmon.report;
