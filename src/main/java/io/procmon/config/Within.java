package io.procmon.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The bounds of a whole number in the configuration, both inclusive. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Within {

    /** The smallest permitted value. */
    int min();

    /** The largest permitted value. */
    int max();
}
