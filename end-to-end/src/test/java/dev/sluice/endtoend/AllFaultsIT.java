package dev.sluice.endtoend;

import org.junit.jupiter.api.ClassOrderer;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The fault tests that share an installation, as one class for Failsafe: one fork runs them all, on one installation, while others run the
 * rest. Its name comes first, because it takes longest.
 */
@Suite
@SelectPackages("dev.sluice.endtoend.faults")
@IncludeClassNamePatterns(
        ".*\\.(CutKafka|FailedProducer|KilledBrokers|KilledProcessors|LargeSubmissions|LeaderlessPartition|Overload"
                + "|StoreFaults|Terminated)IT")
@ConfigurationParameter(
        key = ClassOrderer.DEFAULT_ORDER_PROPERTY_NAME,
        value = "org.junit.jupiter.api.ClassOrderer$ClassName")
class AllFaultsIT {}
