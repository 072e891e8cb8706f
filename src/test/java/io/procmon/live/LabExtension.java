package io.procmon.live;

import io.procmon.Prerequisites;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/** Opens the lab with the first test, ends a test's resources after it, and closes the lab after the last test. */
final class LabExtension extends TypeBasedParameterResolver<Lab> implements BeforeAllCallback, AfterEachCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        Prerequisites.rootAndBtf();
        Prerequisites.programs("gcc", "unshare");
    }

    @Override
    public Lab resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return lab(context);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        lab(context).tidyUp();
    }

    /** The store of the root context closes its closeable values. */
    private static Lab lab(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(Lab.class))
                .computeIfAbsent(Lab.class, _ -> Lab.open(), Lab.class);
    }
}
