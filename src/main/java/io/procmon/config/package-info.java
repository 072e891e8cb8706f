/**
 * All that can be configured: one mapping, with a default that works on a laptop and the unit in each type.
 *
 * <p>Knows nothing of the program. A value that cannot work stops the start with one line: which key, which value, and what
 * is allowed ({@link io.procmon.config.InvalidConfiguration}).
 */
package io.procmon.config;
