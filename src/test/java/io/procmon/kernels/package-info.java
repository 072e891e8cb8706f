/** Other kernels than this machine's, each in a virtual machine of its own. They need the native executable. */
package io.procmon.kernels;
