/** How students go under other names. A leaf. */
package io.procmon.privacy;
