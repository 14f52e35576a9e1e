package dev.sluice.endtoend.hostile;

import dev.sluice.test.process.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;

/** The heap of another process, as reported by its metrics. */
record RemoteHeap(ServiceProcess process) {

    /** The bytes in use after a garbage collection. */
    long usedBytes() throws IOException {
        collectGarbage();
        return (long) process.metric("jvm_memory_used_bytes{area=\"heap\"");
    }

    private void collectGarbage() throws IOException {
        Path java = Path.of(ProcessHandle.current().info().command().orElseThrow());
        String pid = Long.toString(process.process().pid());
        Process jcmd = new ProcessBuilder(java.resolveSibling("jcmd").toString(), pid, "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (jcmd.waitFor() != 0) {
                throw new IOException("jcmd ended with " + jcmd.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
