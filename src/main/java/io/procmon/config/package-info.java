/**
 * The configuration: one mapping with a default and a unit for each key, its checks at start-up, and procmon's own
 * tables of tools and options.
 *
 * <p>Knows {@code process}, {@code parser} and {@code diagnostics}, whose values it creates from configured text. An
 * invalid value aborts start-up with one line: the key, the value, and the permitted values
 * ({@link io.procmon.config.InvalidConfiguration}).
 */
package io.procmon.config;
