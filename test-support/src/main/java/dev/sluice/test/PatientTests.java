package dev.sluice.test;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Lets each {@code await()} that has no limit of its own wait for {@link Patience#PATIENCE}. JUnit finds this by itself. */
public final class PatientTests implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(Patience.PATIENCE);
    }
}
