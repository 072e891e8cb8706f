/** Tests on other kernels than this machine's, each in its own virtual machine. They need the native executable. */
package io.procmon.kernels;
