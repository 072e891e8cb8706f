package io.procmon.classroom.progsnap2;

import java.util.Arrays;
import java.util.Optional;

/** The part of a {@code Compile.Error} event that is the type of the error. */
public enum ErrorType {
    /** The first line of {@code CompileMessageData}, trimmed. */
    FIRST_LINE("first-line", "CompileMessageData") {
        @Override
        String of(String messageType, String message) {
            int end = 0;
            while (end < message.length() && message.charAt(end) != '\n' && message.charAt(end) != '\r') {
                end++;
            }
            return message.substring(0, end).strip();
        }
    },

    /** The whole {@code CompileMessageData}. */
    MESSAGE("message", "CompileMessageData") {
        @Override
        String of(String messageType, String message) {
            return message;
        }
    },

    /** {@code CompileMessageType}. */
    TYPE("type", "CompileMessageType") {
        @Override
        String of(String messageType, String message) {
            return messageType;
        }
    };

    private final String title;
    private final String column;

    ErrorType(String title, String column) {
        this.title = title;
        this.column = column;
    }

    /** The type for a name on the command line, such as {@code first-line}. */
    public static Optional<ErrorType> named(String title) {
        return Arrays.stream(values()).filter(type -> type.title.equals(title)).findFirst();
    }

    /** The name on the command line. */
    public String title() {
        return title;
    }

    /** The column that the type needs. */
    String column() {
        return column;
    }

    /** The type of an error; empty if it is unknown. */
    abstract String of(String messageType, String message);
}
