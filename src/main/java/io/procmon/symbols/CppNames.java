package io.procmon.symbols;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Demangles names of C++ functions: {@code _ZN5Stack4pushEi} becomes {@code Stack::push}. The mangling is that of the
 * Itanium C++ ABI, section 5.1. Parameters are omitted. Only the constructs that usually occur in students' programs
 * are supported; a name with others stays as it is.
 */
final class CppNames {

    private static final int LENGTH_MAX = 1024;
    private static final int DEPTH_MAX = 32;

    private static final String OPERATORS =
            "nw new dl delete pl + mi - ml * dv / rm % eq == ne != lt < gt > le <= ge >= ls << rs >> aS = "
                    + "pL += mI -= mL *= dV /= pp ++ mm -- ix [] cl () pt -> nt ! aa && oo || an & or | eo ^ co ~ ss <=>";

    private static final String TYPES =
            "v void|b bool|c char|a signed char|h unsigned char|s short|t unsigned short|i int|j unsigned int|l long|"
                    + "m unsigned long|x long long|y unsigned long long|f float|d double|e long double|w wchar_t|z ...";

    /** The suffixes of gcc for parts and copies of a function. */
    private static final List<String> COPIES =
            List.of(".constprop.", ".isra.", ".part.", ".cold", ".lto_priv.", ".clone.");

    private static final Pattern RUST = Pattern.compile("(.+)::h[0-9a-f]{16}");

    /** A character that a symbol cannot have: its name, or its number in hexadecimal digits. */
    private static final Pattern RUST_ESCAPE = Pattern.compile("\\$(?:([A-Z]{1,2})|u([0-9a-f]{1,5}))\\$");

    private static final Map<String, String> RUST_CHARACTERS =
            Map.of("SP", "@", "BP", "*", "RF", "&", "LT", "<", "GT", ">", "LP", "(", "RP", ")", "C", ",");

    /** The name has a construct that is not supported. */
    private static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unknown() {
            super("unknown part of a name", null, false, false);
        }
    }

    private final String text;
    private final List<String> substitutions = new ArrayList<>();
    private int at;
    private int depth;

    private CppNames(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** The readable name of a function; the name itself if it is not a C++ name. */
    static String readable(String name) {
        String whole = withoutCopy(name);
        if (!whole.startsWith("_Z") || whole.length() > LENGTH_MAX) {
            return whole;
        }
        try {
            return withoutRustHash(new CppNames(whole, 2).name());
        } catch (Unknown | IndexOutOfBoundsException unknown) {
            return whole;
        }
    }

    /**
     * Rust mangles its names as C++ does, and adds a hash and escapes: {@code
     * compiler/rustc_symbol_mangling/src/legacy.rs}.
     */
    private static String withoutRustHash(String name) {
        Matcher rust = RUST.matcher(name);
        if (!rust.matches()) {
            return name;
        }
        String plain =
                ("::" + rust.group(1)).replace("::_$", "::$").substring(2).replace("..", "::");
        return RUST_ESCAPE.matcher(plain).replaceAll(escape -> Matcher.quoteReplacement(character(escape)));
    }

    private static String character(MatchResult escape) {
        return escape.group(1) == null
                ? Character.toString(Integer.parseInt(escape.group(2), 16))
                : RUST_CHARACTERS.getOrDefault(escape.group(1), escape.group());
    }

    private static String withoutCopy(String name) {
        int end = COPIES.stream()
                .mapToInt(name::indexOf)
                .filter(at -> at > 0)
                .min()
                .orElse(name.length());
        return name.substring(0, end);
    }

    private String name() {
        enter();
        String name = switch (peek()) {
            case 'N' -> nested();
            case 'L' -> {
                at++; // a static function
                yield name();
            }
            case 'S' -> {
                String from = substitution();
                if (from.equals("std")) {
                    from = "std::" + unqualified("std");
                    remember(from);
                }
                yield from + arguments(from);
            }
            default -> {
                String plain = unqualified("");
                if (peek() == 'I') {
                    remember(plain);
                }
                yield plain + arguments(plain);
            }
        };
        depth--;
        return name;
    }

    private String nested() {
        at++;
        while ("rVKRO".indexOf(peek()) >= 0) {
            at++;
        }
        String name = "";
        String last = "";
        while (peek() != 'E') {
            if (peek() == 'I') {
                name += arguments(name);
            } else if (peek() == 'S') {
                name = substitution();
                last = name.substring(name.lastIndexOf(':') + 1);
                continue;
            } else {
                last = unqualified(last);
                name = name.isEmpty() ? last : name + "::" + last;
            }
            remember(name);
        }
        at++;
        return name;
    }

    /** The name of one scope, of a constructor, or of an operator. */
    private String unqualified(String scope) {
        char next = peek();
        if (next >= '0' && next <= '9') {
            return source();
        }
        if (next == 'C' || next == 'D') {
            at += 2;
            return next == 'C' ? scope : "~" + scope;
        }
        if (next == 'L') {
            at++;
            return source();
        }
        String code = text.substring(at, at + 2);
        String[] operators = OPERATORS.split(" ", -1);
        for (int i = 0; i < operators.length; i += 2) {
            if (operators[i].equals(code)) {
                at += 2;
                return "operator" + (Character.isLetter(operators[i + 1].charAt(0)) ? " " : "") + operators[i + 1];
            }
        }
        throw new Unknown();
    }

    private String source() {
        int length = 0;
        while (peek() >= '0' && peek() <= '9') {
            length = length * 10 + (peek() - '0');
            at++;
            if (length > LENGTH_MAX) {
                throw new Unknown();
            }
        }
        String name = text.substring(at, at + length);
        at += length;
        return name.startsWith("_GLOBAL__N") ? "(anonymous namespace)" : name;
    }

    private String arguments(String before) {
        if (before.isEmpty() || at >= text.length() || peek() != 'I') {
            return "";
        }
        at++;
        List<String> arguments = new ArrayList<>();
        while (peek() != 'E') {
            arguments.add(argument());
        }
        at++;
        return limited("<" + String.join(", ", arguments) + ">");
    }

    private String argument() {
        if (peek() != 'L') {
            return type();
        }
        at++;
        String type = type();
        int end = text.indexOf('E', at);
        String value = text.substring(at, end).replace('n', '-');
        at = end + 1;
        return type.equals("bool") ? (value.equals("0") ? "false" : "true") : value;
    }

    private String type() {
        enter();
        char next = peek();
        String type;
        if (next == 'P' || next == 'R' || next == 'O' || next == 'K') {
            at++;
            String inner = type();
            type = inner + (next == 'P' ? "*" : next == 'R' ? "&" : next == 'O' ? "&&" : " const");
            remember(type);
        } else if (next == 'S' && text.charAt(at + 1) != 't') {
            type = substitution();
            if (peek() == 'I') {
                type += arguments(type);
                remember(type);
            }
        } else if (next == 'N' || next == 'S' || (next >= '0' && next <= '9')) {
            int before = substitutions.size();
            type = name();
            if (next != 'N' && (substitutions.size() == before || type.endsWith(">"))) {
                remember(type);
            }
        } else {
            type = builtin(next);
        }
        depth--;
        return type;
    }

    private String builtin(char code) {
        for (String entry : TYPES.split("\\|", -1)) {
            if (entry.charAt(0) == code) {
                at++;
                return entry.substring(2);
            }
        }
        throw new Unknown();
    }

    private String substitution() {
        at++;
        char next = peek();
        at++;
        return switch (next) {
            case 't' -> "std";
            case 'a' -> "std::allocator";
            case 'b' -> "std::basic_string";
            case 's' -> "std::string";
            case 'i' -> "std::istream";
            case 'o' -> "std::ostream";
            case '_' -> substitutions.get(0);
            default -> {
                int index = Character.digit(next, 36);
                if (index < 0 || peek() != '_') {
                    throw new Unknown();
                }
                at++;
                yield substitutions.get(index + 1);
            }
        };
    }

    /** A substitution can repeat what is one itself. */
    private static String limited(String name) {
        if (name.length() > LENGTH_MAX) {
            throw new Unknown();
        }
        return name;
    }

    private void remember(String name) {
        substitutions.add(limited(name));
    }

    private char peek() {
        return text.charAt(at);
    }

    private void enter() {
        if (++depth > DEPTH_MAX) {
            throw new Unknown();
        }
    }
}
