package io.procmon.config;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/** Escapes what a message must not hold: names of files and answers of backends are in some of them. Every line passes. */
@LoggingFilter(name = "printable")
public final class PrintableLog implements Filter {

    /** Puts the parameters into the message, and adds nothing. */
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
