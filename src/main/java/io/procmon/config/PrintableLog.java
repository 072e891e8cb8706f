package io.procmon.config;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Escapes control characters in log messages, because file names and answers of backends are in some of them. No line
 * is dropped.
 */
@LoggingFilter(name = "printable")
public final class PrintableLog implements Filter {

    /** Formats a message with its parameters only. */
    static final ExtFormatter MESSAGE = new ExtFormatter() {
        @Override
        public String format(ExtLogRecord line) {
            return formatMessage(line);
        }
    };

    @Override
    public boolean isLoggable(LogRecord line) {
        if (line instanceof ExtLogRecord record) {
            String message = MESSAGE.formatMessage(record);
            if (message != null) {
                String printable = Printable.of(message);
                if (!printable.equals(message)) {
                    record.setMessage(printable, ExtLogRecord.FormatStyle.NO_FORMAT);
                }
            }
        }
        return true;
    }
}
