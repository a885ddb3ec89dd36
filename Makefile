# Four ways into the build for those who type make; each is one call of Maven.

MVN = ./mvnw -ntp
STREAM = $(MVN) test -pl file-stream -am -Dsurefire.failIfNoSpecifiedTests=false

.PHONY: test memory-profile io-bench test-large-files

# Everything that every build runs.
test:
	$(MVN) verify

# What scans take in memory: files of 100 MB to 1 GB, a heap of 64 MB.
memory-profile:
	$(STREAM) -Pslow -Dtest=MemoryProfileTest

# Figures against peers, a quick look; ./filewright bench says how to get all of them.
io-bench:
	$(MVN) -q -pl benchmarks -am package -Dmaven.test.skip=true
	./filewright bench stream --quick

# The same as memory-profile with files of 5 and 10 GB, which are sparse.
test-large-files:
	$(STREAM) -Pslow -Dtest=MemoryProfileTest -Dfilewright.largeFiles=true
