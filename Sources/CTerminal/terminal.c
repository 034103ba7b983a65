int kt_placeholder;
