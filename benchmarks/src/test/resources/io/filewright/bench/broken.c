/* Does not compile, on purpose: the runner must say so. */
int main(void) { return this is not C; }
