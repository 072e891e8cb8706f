/** Keyed hashes in place of student ids, and files that only procmon's own user may read. A leaf. */
package io.procmon.privacy;
