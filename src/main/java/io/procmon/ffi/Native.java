package io.procmon.ffi;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** C types, downcalls and {@code errno} for the bindings. */
public final class Native {

    public static final ValueLayout.OfInt C_INT = ValueLayout.JAVA_INT;
    public static final ValueLayout.OfLong C_LONG = ValueLayout.JAVA_LONG;
    public static final ValueLayout.OfByte C_BOOL = ValueLayout.JAVA_BYTE;
    public static final AddressLayout C_POINTER = ValueLayout.ADDRESS;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");
    private static final StructLayout CAPTURE_LAYOUT = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURE_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private Native() {}

    /**
     * Binds a C function. The first parameter of the handle is a segment that receives {@code errno}.
     *
     * @throws UnsatisfiedLinkError if the library has no such function
     */
    public static MethodHandle downcall(SymbolLookup library, String name, FunctionDescriptor descriptor) {
        MemorySegment symbol =
                library.find(name).orElseThrow(() -> new UnsatisfiedLinkError("no function '" + name + "'"));
        return LINKER.downcallHandle(symbol, descriptor, CAPTURE_ERRNO);
    }

    /** Looks up functions in the C library that this process has loaded. */
    public static SymbolLookup libc() {
        return LINKER.defaultLookup();
    }

    /** The layout of the segment in which a downcall stores {@code errno}. */
    public static StructLayout errnoLayout() {
        return CAPTURE_LAYOUT;
    }

    public static int errno(MemorySegment captured) {
        return (int) ERRNO.get(captured, 0L);
    }

    /** Wraps an exception of a downcall, which a C function cannot cause. */
    public static AssertionError impossible(Throwable cause) {
        return new AssertionError("a downcall threw", cause);
    }
}
