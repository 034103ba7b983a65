import CTerminal

kt_guard_process()
