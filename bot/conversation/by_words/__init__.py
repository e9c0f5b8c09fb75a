"""What words say by themselves, whatever was understood of them: yes and no, asking and telling, taking back."""
