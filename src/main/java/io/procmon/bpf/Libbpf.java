package io.procmon.bpf;

import static io.procmon.ffi.Native.C_BOOL;
import static io.procmon.ffi.Native.C_INT;
import static io.procmon.ffi.Native.C_LONG;
import static io.procmon.ffi.Native.C_POINTER;
import static io.procmon.ffi.Native.downcall;
import static io.procmon.ffi.Native.impossible;

import io.procmon.ffi.Native;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of libbpf that procmon uses, each under its C name and with its C signature in Java types. A function that
 * returns a number returns {@code -errno} on failure. A function that returns a pointer returns NULL and sets
 * {@link #errno()}.
 * An instance belongs to one thread. See {@code bpf/libbpf.h} and {@code bpf/bpf.h} of libbpf 1.0 and later.
 */
public final class Libbpf {

    /** {@code struct bpf_object_open_opts}, up to the last member of 1.0. {@code sz} is the size of this part. */
    static final StructLayout OPEN_OPTS = MemoryLayout.structLayout(
            C_LONG.withName("sz"),
            C_POINTER.withName("object_name"),
            C_BOOL.withName("relaxed_maps"),
            MemoryLayout.paddingLayout(7),
            C_POINTER.withName("pin_root_path"),
            MemoryLayout.paddingLayout(8),
            C_POINTER.withName("kconfig"),
            C_POINTER.withName("btf_custom_path"),
            C_POINTER.withName("kernel_log_buf"),
            C_LONG.withName("kernel_log_size"),
            C_INT.withName("kernel_log_level"),
            MemoryLayout.paddingLayout(4));

    private static final SymbolLookup LIBBPF = library();

    private static final MethodHandle libbpf_version_string =
            bind("libbpf_version_string", FunctionDescriptor.of(C_POINTER));
    private static final MethodHandle libbpf_set_print =
            bind("libbpf_set_print", FunctionDescriptor.of(C_POINTER, C_POINTER));
    private static final MethodHandle libbpf_num_possible_cpus =
            bind("libbpf_num_possible_cpus", FunctionDescriptor.of(C_INT));
    private static final MethodHandle bpf_object__open_mem =
            bind("bpf_object__open_mem", FunctionDescriptor.of(C_POINTER, C_POINTER, C_LONG, C_POINTER));
    private static final MethodHandle bpf_object__load =
            bind("bpf_object__load", FunctionDescriptor.of(C_INT, C_POINTER));
    private static final MethodHandle bpf_object__close =
            bind("bpf_object__close", FunctionDescriptor.ofVoid(C_POINTER));
    private static final MethodHandle bpf_object__find_map_by_name =
            bind("bpf_object__find_map_by_name", FunctionDescriptor.of(C_POINTER, C_POINTER, C_POINTER));
    private static final MethodHandle bpf_object__find_program_by_name =
            bind("bpf_object__find_program_by_name", FunctionDescriptor.of(C_POINTER, C_POINTER, C_POINTER));
    private static final MethodHandle bpf_map__fd = bind("bpf_map__fd", FunctionDescriptor.of(C_INT, C_POINTER));
    private static final MethodHandle bpf_map__set_max_entries =
            bind("bpf_map__set_max_entries", FunctionDescriptor.of(C_INT, C_POINTER, C_INT));
    private static final MethodHandle bpf_map__initial_value =
            bind("bpf_map__initial_value", FunctionDescriptor.of(C_POINTER, C_POINTER, C_POINTER));
    private static final MethodHandle bpf_program__fd =
            bind("bpf_program__fd", FunctionDescriptor.of(C_INT, C_POINTER));
    private static final MethodHandle bpf_program__attach =
            bind("bpf_program__attach", FunctionDescriptor.of(C_POINTER, C_POINTER));
    private static final MethodHandle bpf_program__set_autoload =
            bind("bpf_program__set_autoload", FunctionDescriptor.of(C_INT, C_POINTER, C_BOOL));
    private static final MethodHandle bpf_link__fd = bind("bpf_link__fd", FunctionDescriptor.of(C_INT, C_POINTER));
    private static final MethodHandle bpf_link__destroy =
            bind("bpf_link__destroy", FunctionDescriptor.of(C_INT, C_POINTER));
    private static final MethodHandle bpf_iter_create = bind("bpf_iter_create", FunctionDescriptor.of(C_INT, C_INT));
    private static final MethodHandle bpf_obj_get_info_by_fd =
            bind("bpf_obj_get_info_by_fd", FunctionDescriptor.of(C_INT, C_INT, C_POINTER, C_POINTER));

    private final MemorySegment errno;

    public Libbpf(Arena arena) {
        errno = arena.allocate(Native.errnoLayout());
    }

    private static SymbolLookup library() {
        return SymbolLookup.libraryLookup("libbpf.so.1", Arena.global());
    }

    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        return downcall(LIBBPF, name, descriptor);
    }

    int errno() {
        return Native.errno(errno);
    }

    public String libbpf_version_string() {
        try {
            MemorySegment text = (MemorySegment) libbpf_version_string.invokeExact(errno);
            return text.reinterpret(64).getString(0);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    void libbpf_set_print(MemorySegment callback) {
        try {
            MemorySegment before = (MemorySegment) libbpf_set_print.invokeExact(errno, callback);
            assert before != null;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int libbpf_num_possible_cpus() {
        try {
            return (int) libbpf_num_possible_cpus.invokeExact(errno);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    MemorySegment bpf_object__open_mem(MemorySegment object, long size, MemorySegment options) {
        try {
            return (MemorySegment) bpf_object__open_mem.invokeExact(errno, object, size, options);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int bpf_object__load(MemorySegment object) {
        try {
            return (int) bpf_object__load.invokeExact(errno, object);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    void bpf_object__close(MemorySegment object) {
        try {
            bpf_object__close.invokeExact(errno, object);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    MemorySegment bpf_object__find_map_by_name(MemorySegment object, MemorySegment name) {
        try {
            return (MemorySegment) bpf_object__find_map_by_name.invokeExact(errno, object, name);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    MemorySegment bpf_object__find_program_by_name(MemorySegment object, MemorySegment name) {
        try {
            return (MemorySegment) bpf_object__find_program_by_name.invokeExact(errno, object, name);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int bpf_map__fd(MemorySegment map) {
        try {
            return (int) bpf_map__fd.invokeExact(errno, map);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int bpf_map__set_max_entries(MemorySegment map, int entries) {
        try {
            return (int) bpf_map__set_max_entries.invokeExact(errno, map, entries);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    MemorySegment bpf_map__initial_value(MemorySegment map, MemorySegment size) {
        try {
            return (MemorySegment) bpf_map__initial_value.invokeExact(errno, map, size);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int bpf_program__fd(MemorySegment program) {
        try {
            return (int) bpf_program__fd.invokeExact(errno, program);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    MemorySegment bpf_program__attach(MemorySegment program) {
        try {
            return (MemorySegment) bpf_program__attach.invokeExact(errno, program);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int bpf_program__set_autoload(MemorySegment program, boolean autoload) {
        try {
            return (int) bpf_program__set_autoload.invokeExact(errno, program, (byte) (autoload ? 1 : 0));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int bpf_link__fd(MemorySegment link) {
        try {
            return (int) bpf_link__fd.invokeExact(errno, link);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int bpf_link__destroy(MemorySegment link) {
        try {
            return (int) bpf_link__destroy.invokeExact(errno, link);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int bpf_iter_create(int link) {
        try {
            return (int) bpf_iter_create.invokeExact(errno, link);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int bpf_obj_get_info_by_fd(int fd, MemorySegment info, MemorySegment size) {
        try {
            return (int) bpf_obj_get_info_by_fd.invokeExact(errno, fd, info, size);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }
}
