package dev.sluice.endtoend;

import dev.sluice.endtoend.faults.Installation;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The fault tests as one class for Failsafe: one fork runs them all, on one installation, while others run the rest. Its name comes
 * first, because it takes longest.
 */
@Suite
@SelectPackages("dev.sluice.endtoend.faults")
@IncludeClassNamePatterns(".*IT")
@ConfigurationParameter(
        key = ClassOrderer.DEFAULT_ORDER_PROPERTY_NAME,
        value = "org.junit.jupiter.api.ClassOrderer$ClassName")
class AllFaultsIT {

    @AfterSuite
    static void stopTheInstallation() {
        Installation.stopShared();
    }
}
