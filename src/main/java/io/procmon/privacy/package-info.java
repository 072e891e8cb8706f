/** Keyed hashes that replace student ids, and files that only procmon's own user may read. Knows no other package. */
package io.procmon.privacy;
